/** UDP echo that can't be used to flood a third party. */
@NullMarked
package dev.carillon.udpecho;

import org.jspecify.annotations.NullMarked;
