package dev.carillon.http;

import dev.carillon.token.TokenIssuer;
import dev.carillon.token.TokenVerifier;

/**
 * How guests of the demonstration get in; where it is off, there is none of these.
 *
 * @param options limits
 * @param issuer signs their tokens
 * @param verifier checks the one that a guest has
 */
public record GuestAccess(GuestOptions options, TokenIssuer issuer, TokenVerifier verifier) {}
