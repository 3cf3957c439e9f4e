/** TCP echo with back-pressure: raw bytes, or one answer for each line. */
@NullMarked
package dev.carillon.tcpecho;

import org.jspecify.annotations.NullMarked;
