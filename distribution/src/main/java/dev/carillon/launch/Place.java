package dev.carillon.launch;

import dev.carillon.launch.local.NodeName;
import dev.carillon.launch.local.PortChoice;
import dev.carillon.launch.local.SelfSignedCertificate;
import dev.carillon.launch.local.StateDirectory;
import dev.carillon.launch.settings.Configuration;
import dev.carillon.launch.settings.GlobalOptions;
import dev.carillon.launch.settings.NodeOptions;
import dev.carillon.launch.settings.SecretSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a node takes on its machine before it starts: name, ports, secrets. Held for the life of the
 * process.
 *
 * @param configured what the sources said
 * @param configuration complete: with the ports that were found and the secrets that were made
 * @param state the directory of the machine's nodes
 * @param name which no other running node of this directory has
 * @param listeners the ports that are opened
 * @param generated files in the state directory that hold what nobody configured
 */
record Place(
    Configuration configured,
    Configuration configuration,
    StateDirectory state,
    NodeName name,
    Listeners listeners,
    List<Path> generated) {

  /** The same, with the ports of the cluster that were opened in the end. */
  Place opened(int clusterPort, int busPort) {
    return with(listeners.opened(clusterPort, busPort));
  }

  /** The same, but those of these listeners whose port was taken meanwhile moved on. Blocks. */
  Place movedOn(Collection<String> names) {
    return with(listeners.movedOn(names, new PortChoice(state)));
  }

  private Place with(Listeners others) {
    return new Place(configured, others.in(configuration), state, name, others, generated);
  }

  /** Whether the operator configured a certificate. */
  boolean hasOwnCertificate() {
    return generated.stream().noneMatch(file -> file.endsWith(SelfSignedCertificate.CERTIFICATE));
  }

  /** Certificate and key of the HTTP server, when it has any. */
  List<Path> tlsFiles() {
    return Stream.of(SecretSettings.CERTIFICATE, SecretSettings.CERTIFICATE_KEY)
        .map(configuration::text)
        .filter(file -> !file.isEmpty())
        .map(Path::of)
        .toList();
  }

  /** Takes everything, or fails with the one line that says what is in the way. */
  static Place take(Configuration configured) {
    var state = StateDirectory.open(configured.options(GlobalOptions.class).stateDirectory());
    var name = NodeName.claim(state, configured.options(NodeOptions.class).name());
    var listeners = Listeners.choose(configured, new PortChoice(state));
    var completion = new Completion(OwnSecrets.in(state, listeners.in(configured)), state);
    completion.certificate();
    return new Place(
        configured,
        completion.configuration,
        state,
        name,
        listeners,
        List.copyOf(completion.generated));
  }

  /** The configuration while what is missing is added. */
  private static final class Completion {
    private final StateDirectory state;
    private final List<Path> generated = new ArrayList<>();
    private Configuration configuration;

    Completion(OwnSecrets secrets, StateDirectory state) {
      this.configuration = secrets.configuration();
      this.state = state;
      generated.addAll(secrets.files());
    }

    void certificate() {
      boolean wanted =
          configuration.options(NodeOptions.class).runs("http2-server")
              && !configuration.isSet(SecretSettings.CERTIFICATE)
              && !configuration.isSet(SecretSettings.CERTIFICATE_KEY);
      if (wanted) {
        var files = SelfSignedCertificate.in(state, Instant.now());
        set(SecretSettings.CERTIFICATE, files.certificate().toString(), files.certificate());
        set(SecretSettings.CERTIFICATE_KEY, files.key().toString(), files.key());
      }
    }

    private void set(String key, String value, Path file) {
      configuration = configuration.with(key, value, file.toString());
      generated.add(file);
    }
  }
}
