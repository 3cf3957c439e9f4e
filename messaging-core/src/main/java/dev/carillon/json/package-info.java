/** JSON as bytes: read and written piece by piece, with parts of it left as they are. */
@NullMarked
package dev.carillon.json;

import org.jspecify.annotations.NullMarked;
