/** Certificates, and what is wrong with them. */
@NullMarked
package dev.carillon.cluster.tls;

import org.jspecify.annotations.NullMarked;
