package dev.carillon.launch.settings;

import dev.carillon.config.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A configuration file of another server, whose options become some of ours. */
public interface ForeignFile {
  /** Where it is. */
  Path path();

  /**
   * What it sets, by our keys. Reads the file, so that a change is seen.
   *
   * @throws RuntimeException with what an operator must know when it can't be used
   */
  Map<String, Setting> settings();

  /** A line for each of its options that is left out. */
  List<String> remarks();
}
