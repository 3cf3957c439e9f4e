/** JSON Web Tokens of clients: who signs, who checks, and what they say. */
@NullMarked
package dev.carillon.token;

import org.jspecify.annotations.NullMarked;
