package dev.carillon.control;

/**
 * A node has begun to carry out an order.
 *
 * @param connections how many of its connections were meant
 */
public record OrderDone(int connections) {}
