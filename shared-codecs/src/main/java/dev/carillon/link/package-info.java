/** What goes over the link from one node to another. */
@NullMarked
package dev.carillon.link;

import org.jspecify.annotations.NullMarked;
