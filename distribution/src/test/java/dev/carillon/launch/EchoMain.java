package dev.carillon.launch;

import java.lang.management.ManagementFactory;

/** Stands for the program in tests of the script: prints what it was started with. */
public final class EchoMain {
  private EchoMain() {}

  public static void main(String[] arguments) {
    System.out.println("arguments " + String.join(" ", arguments));
    System.out.println("flags " + ManagementFactory.getRuntimeMXBean().getInputArguments());
  }
}
