package dev.carillon.admin;

/**
 * Who is logged in.
 *
 * @param name for the log
 * @param loggedInAt seconds since 1970
 */
record Operator(String name, long loggedInAt) {}
