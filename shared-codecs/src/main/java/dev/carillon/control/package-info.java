/** What nodes ask each other to do with clients, and what they tell of themselves. */
@NullMarked
package dev.carillon.control;

import org.jspecify.annotations.NullMarked;
