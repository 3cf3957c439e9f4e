package dev.carillon.launch;

import dev.carillon.cluster.ClusterOptions;
import dev.carillon.config.OptionKey;
import dev.carillon.launch.centrifugo.CentrifugoFile;
import dev.carillon.launch.settings.Configuration;
import dev.carillon.launch.settings.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The command that starts one more node of this cluster, for a shell in the directory of this one:
 * it repeats what was said on the command line and in variables, except for what is a node's own. A
 * file that is found there needs no repetition.
 *
 * @param arguments after {@code ./carillon start}, quoted, each with its value
 * @param secrets keys that have to be added by hand, because secrets are not printed
 * @param own keys that have to be added by hand, because each node has a value of its own
 */
record NextNode(List<String> arguments, List<String> secrets, List<String> own) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");

  /** Keys that no two nodes may share, or whose values lead to this one. */
  private static final Set<String> OWN =
      Set.of(
          "node.name",
          "node.verticles",
          "cluster.join",
          "cluster.role",
          "cluster.public_host",
          "http_server.public_urls");

  /** What proves which node it is. */
  private static final Set<String> IDENTITY =
      Set.of("cluster.tls.cert_file", "cluster.tls.key_file");

  NextNode {
    arguments = List.copyOf(arguments);
    secrets = List.copyOf(secrets);
    own = List.copyOf(own);
  }

  /**
   * @param configured without the secrets that the node made for itself, which the other one finds
   * @param reached the cluster port of this node, as others reach it
   * @param gateway whether only gateways are admitted
   */
  static NextNode of(Sources sources, Configuration configured, String reached, boolean gateway) {
    var arguments = new ArrayList<String>();
    if (!findsNodes(configured)) {
      arguments.add("--join " + quoted(reached));
    }
    if (gateway) {
      arguments.add("--set cluster.role=gateway");
    }
    addName(configured, arguments);
    addFiles(sources, arguments);
    var secrets = new ArrayList<String>();
    var own = new ArrayList<String>();
    for (var key : configured.keys()) {
      if (isRepeated(key, configured)) {
        if (IDENTITY.contains(key.key())) {
          own.add(key.key());
        } else if (key.option().secret()) {
          secrets.add(key.key());
        } else {
          arguments.add("--set " + quoted(key.key() + "=" + configured.text(key.key())));
        }
      }
    }
    return new NextNode(arguments, secrets, own);
  }

  /** Whether every node has the others' addresses from its configuration. */
  private static boolean findsNodes(Configuration configured) {
    var cluster = configured.options(ClusterOptions.class);
    return !cluster.members().isEmpty() || !cluster.kubernetesDns().isEmpty();
  }

  /** A name in a file or variable would be that of the next node as well. */
  private static void addName(Configuration configured, List<String> arguments) {
    if (configured.isSet("node.name") && !configured.source("node.name").startsWith("--")) {
      arguments.add("--name " + quoted(configured.text("node.name") + "-2"));
    }
  }

  private static void addFiles(Sources sources, List<String> arguments) {
    if (sources.file() != null) {
      arguments.add("--config " + quoted(sources.file().toString()));
    }
    if (sources.foreign() instanceof CentrifugoFile file) {
      var ignore = file.ignoreUnsupported() ? " --ignore-unsupported" : "";
      arguments.add("--centrifugo-config " + quoted(file.path().toString()) + ignore);
    }
  }

  private static boolean isRepeated(OptionKey key, Configuration configured) {
    var name = key.key();
    if (!configured.isSet(name) || OWN.contains(name) || name.endsWith("port")) {
      return false;
    }
    var source = configured.source(name);
    return source.equals("--set") || Sources.isVariable(source);
  }

  private static String quoted(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
