/** Where settings come from, and the option records that they end in. */
@NullMarked
package dev.carillon.launch.settings;

import org.jspecify.annotations.NullMarked;
