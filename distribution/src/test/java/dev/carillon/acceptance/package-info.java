/** What is promised to users, tested from outside: real processes, clients and browsers. */
@NullMarked
package dev.carillon.acceptance;

import org.jspecify.annotations.NullMarked;
