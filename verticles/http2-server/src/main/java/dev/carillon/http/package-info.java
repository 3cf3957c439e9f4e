/** One HTTP origin for pages, small answers and the gateways of the process, plain and with TLS. */
@NullMarked
package dev.carillon.http;

import org.jspecify.annotations.NullMarked;
