/** Encrypts what streams hold, so that the data grid sees ciphertext only. */
@NullMarked
package dev.carillon.cluster.seal;

import org.jspecify.annotations.NullMarked;
