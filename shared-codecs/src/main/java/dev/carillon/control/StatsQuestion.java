package dev.carillon.control;

/** Asks a node how many of what it has. */
public record StatsQuestion() {}
