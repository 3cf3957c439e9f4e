/** What tests of servers need. */
@NullMarked
package dev.carillon.gateway;

import org.jspecify.annotations.NullMarked;
