/** Tests against a real redis-server. */
@NullMarked
package dev.carillon.redis;

import org.jspecify.annotations.NullMarked;
