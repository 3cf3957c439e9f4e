/** The server as browsers, scripts and attackers meet it. */
@NullMarked
package dev.carillon.http;

import org.jspecify.annotations.NullMarked;
