package dev.carillon.launch.settings;

import java.util.List;

/** Every option record of the runnable, in the order of docs/CONFIGURATION.md. */
final class OptionRecords {
  static final List<Class<? extends Record>> ALL =
      List.of(
          GlobalOptions.class,
          NodeOptions.class,
          ShutdownOptions.class,
          LogOptions.class,
          DemoOptions.class);

  private OptionRecords() {}
}
