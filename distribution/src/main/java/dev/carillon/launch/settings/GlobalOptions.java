package dev.carillon.launch.settings;

import dev.carillon.config.Option;
import dev.carillon.config.Section;
import java.nio.file.Path;

/** Options of the whole process. */
@Section(value = "", doc = "The whole process.")
public record GlobalOptions(
    @Option(
            value = "127.0.0.1",
            doc =
                "Address that every listener binds to, unless its own `bind` says otherwise;"
                    + " `0.0.0.0` opens the node to the network. The cluster ports follow"
                    + " `cluster.bind` alone.",
            why = "Nothing is reachable from outside before somebody decides so.")
        String bind,
    @Option(
            value = "./.carillon",
            doc =
                "Directory of generated secrets, the self-signed certificate and the files of"
                    + " running nodes. Created with mode 0700.",
            why = "Beside the start directory, so that trying it out leaves nothing elsewhere.")
        String stateDir) {

  /** The state directory, relative to the directory of the process. */
  public Path stateDirectory() {
    return Path.of(stateDir);
  }
}
