package dev.carillon.token;

import dev.carillon.channel.Bytes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a connection token says.
 *
 * @param user the user id; empty for an anonymous client
 * @param info JSON that other clients see; empty when there is none
 * @param validFor how long the connection may last from now; null: without limit; zero or less: it
 *     is over
 */
public record ConnectionToken(String user, Bytes info, @Nullable Duration validFor) {}
