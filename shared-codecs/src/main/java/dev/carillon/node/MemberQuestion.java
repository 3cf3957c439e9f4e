package dev.carillon.node;

import dev.carillon.wire.Incarnation;

/** Asks a node whether it sees this one in the cluster; answered with {@link MemberAnswer}. */
public record MemberQuestion(Incarnation node) {}
