package dev.carillon.protocol;

/** Why a command is not carried out: an error reply, or the end of the connection. */
public sealed interface Refusal permits ErrorCode, Disconnect {}
