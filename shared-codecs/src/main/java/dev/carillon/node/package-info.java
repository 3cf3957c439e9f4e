/** What nodes tell each other about themselves. */
@NullMarked
package dev.carillon.node;

import org.jspecify.annotations.NullMarked;
