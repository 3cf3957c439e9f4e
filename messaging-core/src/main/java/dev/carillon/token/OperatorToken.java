package dev.carillon.token;

import java.time.Duration;

/**
 * What a token of the console says.
 *
 * @param operator who is logged in
 * @param validFor how long it is valid from now
 */
public record OperatorToken(Operator operator, Duration validFor) {}
