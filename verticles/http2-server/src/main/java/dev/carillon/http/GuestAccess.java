package dev.carillon.http;

import dev.carillon.token.TokenIssuer;
import dev.carillon.token.TokenVerifier;

/**
 * How guests of the demonstration get in; where it is off, there is none of these.
 *
 * @param options for how long
 * @param gate how many
 * @param issuer signs their tokens
 * @param verifier checks the one that a guest has
 */
public record GuestAccess(
    GuestOptions options, GuestGate gate, TokenIssuer issuer, TokenVerifier verifier) {}
