package dev.carillon.stream;

/** One life of channels in which everything goes wrong, as its seed says. */
interface World {

  /**
   * Lives through the faults and the calm after them, and checks what subscribers saw.
   *
   * @throws AssertionError when they saw something wrong
   */
  void run();

  /** Publications that no link brought. */
  int lost();

  /** How often subscribers were told that publications are lost for them. */
  int told();
}
