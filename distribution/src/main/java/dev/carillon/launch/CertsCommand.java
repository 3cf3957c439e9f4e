package dev.carillon.launch;

import dev.carillon.cluster.tls.CertificateAuthority;
import dev.carillon.cluster.tls.CertificateAuthority.Validity;
import dev.carillon.launch.local.CertificateDirectory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes what nodes prove themselves with: a private authority, and a certificate for each node. */
@Command(
    name = "certs",
    description = {
      "Makes certificates for the nodes of a cluster (ECDSA P-256), and the private authority that"
          + " signs them. An authority that is there is used and never replaced."
    })
final class CertsCommand implements Runnable {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9*][A-Za-z0-9._:-]{0,252}");
  private static final int AUTHORITY_DAYS = 3_650;

  @Mixin private final HelpOption help = new HelpOption();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where the files go; created with mode 0700.")
  private Path out = Path.of("");

  @Option(
      names = "--node",
      required = true,
      paramLabel = "NAME",
      description = "Makes a certificate of this name; repeatable.")
  private List<String> nodes = new ArrayList<>();

  @Option(
      names = "--san",
      paramLabel = "HOST",
      description = "A host name or IP address of the node, besides its name; repeatable.")
  private List<String> hosts = new ArrayList<>();

  @Option(
      names = "--ca",
      paramLabel = "DIR",
      description = "Directory of the authority, ca.pem and ca-key.pem (default: that of --out).")
  private @Nullable Path authority;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "How long the certificates are valid (default: 365; the authority: 3650).")
  private int days = 365;

  @Option(names = "--force", description = "Replaces certificates of these nodes.")
  private boolean force;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    checkArguments();
    var now = Instant.now();
    var directory = CertificateDirectory.open(out);
    if (!force) {
      nodes.forEach(directory::checkFree);
    }
    var kept = authority == null ? directory : new CertificateDirectory(authority);
    boolean made = authority == null && !directory.hasAuthority();
    var signer =
        made
            ? directory.makeAuthority(new Validity(now, Duration.ofDays(AUTHORITY_DAYS)))
            : kept.authority();
    var validity = new Validity(now, Duration.ofDays(days));
    if (now.plus(validity.length()).isAfter(signer.end())) {
      throw wrong("--days", days, "at most the life of the authority, until " + signer.end());
    }
    nodes.forEach(node -> directory.write(node, signer.issue(node, names(node), validity), force));
    tell(made, kept, directory, signer);
  }

  private void checkArguments() {
    for (var node : nodes) {
      if (!NAME.matcher(node).matches() || node.equals(CertificateDirectory.AUTHORITY)) {
        throw wrong("--node", node, "a name of letters, digits, dots and dashes; not ca");
      }
    }
    for (var host : hosts) {
      if (!HOST.matcher(host).matches()) {
        throw wrong("--san", host, "a host name or an IP address");
      }
    }
    if (days < 1 || days > AUTHORITY_DAYS) {
      throw wrong("--days", days, "1 to " + AUTHORITY_DAYS);
    }
  }

  private ParameterException wrong(String option, Object value, String expected) {
    return new ParameterException(
        spec.commandLine(), option + " " + value + " (expected: " + expected + ")");
  }

  private List<String> names(String node) {
    var names = new LinkedHashSet<String>();
    names.add(node);
    names.addAll(hosts);
    return List.copyOf(names);
  }

  private void tell(
      boolean made,
      CertificateDirectory kept,
      CertificateDirectory directory,
      CertificateAuthority signer) {
    PrintWriter printer = spec.commandLine().getOut();
    printer.printf(
        "%-10s %s, valid until %s%n",
        made ? "authority" : "signed by",
        kept.certificate(CertificateDirectory.AUTHORITY),
        signer.end());
    if (made) {
      printer.printf(
          "%-10s %s: keep it off the nodes, who has it can make nodes%n",
          "its key", kept.key(CertificateDirectory.AUTHORITY));
    }
    for (var node : nodes) {
      printer.printf("%n%s, for %d days:%n", node, days);
      printer.printf(
          "  cluster.tls.ca_file: %s%n", kept.certificate(CertificateDirectory.AUTHORITY));
      printer.printf("  cluster.tls.cert_file: %s%n", directory.certificate(node));
      printer.printf("  cluster.tls.key_file: %s%n", directory.key(node));
    }
    printer.flush();
  }
}
