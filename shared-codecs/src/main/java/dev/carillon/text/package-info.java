/** Text as bytes: whether it is UTF-8, whether it is JSON. One pass, no allocation. */
@NullMarked
package dev.carillon.text;

import org.jspecify.annotations.NullMarked;
