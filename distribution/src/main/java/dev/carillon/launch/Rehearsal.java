package dev.carillon.launch;

import dev.carillon.config.Setting;
import dev.carillon.launch.settings.Sources;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One start and stop after a build, from which the JVM learns which classes a node needs. It
 * touches nothing that another node could have: its ports are any free ones, and it reads no
 * configuration.
 */
final class Rehearsal {
  private Rehearsal() {}

  /** Ends the process. Leaves the state directory to whoever named it. */
  static void run(Path state) {
    var launch = new Launch(Sources.only(settings(state)), silence());
    launch.run();
    launch.stop("rehearsal");
  }

  private static Map<String, Setting> settings(Path state) {
    var settings = new LinkedHashMap<String, Setting>();
    Listeners.KEYS.forEach(key -> settings.put(key, new Setting("0", "rehearsal")));
    settings.put("demo.enabled", new Setting("true", "rehearsal"));
    settings.put("state_dir", new Setting(state.toString(), "rehearsal"));
    return settings;
  }

  private static PrintWriter silence() {
    return new PrintWriter(Writer.nullWriter());
  }
}
