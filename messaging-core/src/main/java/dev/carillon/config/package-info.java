/** Option records and the keys that set them. */
@NullMarked
package dev.carillon.config;

import org.jspecify.annotations.NullMarked;
