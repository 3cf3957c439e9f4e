/** What a node has on its machine: state directory, secrets, certificate, ports, its own file. */
@NullMarked
package dev.carillon.launch.local;

import org.jspecify.annotations.NullMarked;
