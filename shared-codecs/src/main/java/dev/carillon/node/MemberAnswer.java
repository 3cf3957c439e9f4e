package dev.carillon.node;

/** Whether the node that was asked for is in the cluster, as the node that was asked sees it. */
public record MemberAnswer(boolean known) {}
