package dev.carillon.launch;

import dev.carillon.launch.local.Secrets;
import dev.carillon.launch.local.StateDirectory;
import dev.carillon.launch.settings.Configuration;
import dev.carillon.launch.settings.DemoOptions;
import dev.carillon.launch.settings.GlobalOptions;
import dev.carillon.launch.settings.SecretSettings;
import dev.carillon.session.ClientOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A configuration with the secrets that a node keeps for itself, because nobody configured any.
 *
 * @param configuration complete
 * @param files that hold them, in the state directory
 */
record OwnSecrets(Configuration configuration, List<Path> files) {

  /** Makes those that are missing; every other start with the same directory finds the same. */
  static OwnSecrets in(StateDirectory state, Configuration configured) {
    var secrets = new Secrets(state);
    var missing = new LinkedHashMap<String, Supplier<String>>();
    missing.put(Secrets.TOKEN_KEY, secrets::tokenKey);
    missing.put(Secrets.CONSOLE_KEY, secrets::consoleKey);
    missing.put(Secrets.CONSOLE_PASSWORD, secrets::consolePassword);
    var configuration = configured;
    var files = new ArrayList<Path>();
    for (var key : wanted(configured).entrySet()) {
      var file = state.path().resolve(key.getValue());
      var secret = missing.getOrDefault(key.getValue(), () -> "").get();
      configuration = configuration.with(key.getKey(), secret, file.toString());
      files.add(file);
    }
    return new OwnSecrets(configuration, List.copyOf(files));
  }

  /** With those that were made before; makes nothing. */
  static Configuration found(Configuration configured) {
    var directory = configured.options(GlobalOptions.class).stateDirectory();
    var configuration = configured;
    for (var key : wanted(configured).entrySet()) {
      var file = directory.resolve(key.getValue());
      var secret = StateDirectory.read(file);
      if (!secret.isEmpty()) {
        configuration = configuration.with(key.getKey(), secret, file.toString());
      }
    }
    return configuration;
  }

  /** Keys that nobody set, and the names of the files in their stead. */
  private static Map<String, String> wanted(Configuration configured) {
    var wanted = new LinkedHashMap<String, String>();
    if (needsTokenKey(configured)) {
      wanted.put(SecretSettings.TOKEN_KEY, Secrets.TOKEN_KEY);
    }
    wanted.put(SecretSettings.CONSOLE_KEY, Secrets.CONSOLE_KEY);
    wanted.put(SecretSettings.CONSOLE_PASSWORD, Secrets.CONSOLE_PASSWORD);
    wanted.keySet().removeIf(configured::isSet);
    return wanted;
  }

  /**
   * Keys that are configured decide which tokens are accepted, so that another one of our own would
   * let in more. Guests need it in any case.
   */
  private static boolean needsTokenKey(Configuration configured) {
    return !configured.options(ClientOptions.class).token().hasKeys()
        || configured.options(DemoOptions.class).enabled();
  }
}
