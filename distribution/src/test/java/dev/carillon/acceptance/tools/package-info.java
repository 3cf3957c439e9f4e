/** Programs that acceptance tests need, fetched so that a machine needs only a JDK. */
@NullMarked
package dev.carillon.acceptance.tools;

import org.jspecify.annotations.NullMarked;
