package dev.carillon.control;

import dev.carillon.channel.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Changes when connections expire.
 *
 * @param expired whether they have expired already, which closes them
 * @param expireAt seconds since 1970; 0 for never
 * @param info JSON about the user that others see from now on; null leaves it as it is
 */
public record RefreshOrder(Target target, boolean expired, long expireAt, @Nullable Bytes info)
    implements Order {}
