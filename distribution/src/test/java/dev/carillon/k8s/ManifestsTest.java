package dev.carillon.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.launch.settings.Configuration;
import dev.carillon.launch.settings.SecretSettings;
import dev.carillon.launch.settings.ShutdownOptions;
import dev.carillon.launch.settings.Sources;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ManifestsTest {

  private static final Path ROOT = Manifests.root();
  private static final Path BASE = ROOT.resolve("k8s/base");
  private static final Path INGRESS = ROOT.resolve("k8s/overlays/ingress");
  private static final Map<String, String> LABELS = Map.of("app.kubernetes.io/name", "carillon");
  private static final Map<String, String> CORE =
      Map.of("app.kubernetes.io/name", "carillon", "app.kubernetes.io/component", "core");

  private final StatefulSet nodes = only("statefulset.yaml", StatefulSet.class);
  private final PodSpec pod = nodes.getSpec().getTemplate().getSpec();
  private final Container container = pod.getContainers().get(0);
  private final Map<String, Service> services = services();

  @Test
  void everyFileIsListedAndUnderstood() throws IOException {
    Map<?, ?> kustomization = Manifests.documents(BASE.resolve("kustomization.yaml")).get(0);
    var listed = new TreeSet<String>();
    List<?> resources = (List<?>) Objects.requireNonNull(kustomization.get("resources"));
    resources.forEach(name -> listed.add(name.toString()));
    listed.forEach(name -> assertFalse(Manifests.objects(BASE.resolve(name)).isEmpty(), name));
    listed.addAll(List.of("kustomization.yaml", "carillon.yaml"));
    try (Stream<Path> files = Files.list(BASE)) {
      assertEquals(
          listed,
          files
              .map(file -> file.getFileName().toString())
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    assertEquals(
        List.of(Map.of("name", "carillon", "files", List.of("carillon.yaml"))),
        kustomization.get("configMapGenerator"));
  }

  @Test
  void anUnknownFieldFails() {
    Map<Object, Object> misspelt =
        new HashMap<>(Manifests.documents(BASE.resolve("disruption.yaml")).get(0));
    misspelt.put("spec", Map.of("maxUnavailabel", 1));
    assertThrows(IllegalArgumentException.class, () -> Manifests.object(misspelt));
    misspelt.put("spec", Map.of("selector", Map.of("matchLabel", LABELS)));
    assertThrows(IllegalArgumentException.class, () -> Manifests.object(misspelt));
  }

  @Test
  void theProgramAcceptsTheConfigurationOfThePods() {
    Configuration configuration = configuration();
    assertEquals("0.0.0.0", configuration.text("bind"));
    assertEquals("carillon-0", configuration.text("node.name"));
    assertEquals("10.1.2.3", configuration.text("cluster.bind"));
    for (String secret : SecretSettings.GENERATED) {
      assertTrue(configuration.isSet(secret), secret + " is not set");
    }
  }

  @Test
  void asManyNodesAreStartedTogetherAsAreExpected() {
    assertEquals(
        Integer.valueOf(configuration().text("cluster.expected_members")),
        nodes.getSpec().getReplicas());
    assertEquals("Parallel", nodes.getSpec().getPodManagementPolicy());
  }

  @Test
  void nodesFindEachOtherBeforeTheyAreReady() {
    Service headless = service(configuration().text("cluster.kubernetes_dns"));
    assertEquals(headless.getMetadata().getName(), nodes.getSpec().getServiceName());
    assertEquals("None", headless.getSpec().getClusterIP());
    assertEquals(true, headless.getSpec().getPublishNotReadyAddresses());
    assertEquals(Set.of("cluster", "bus"), portNames(headless));
  }

  @Test
  void noVariableOfAServiceIsTakenForAnOption() {
    assertEquals(false, pod.getEnableServiceLinks());
    assertEquals(false, pod.getAutomountServiceAccountToken());
  }

  @Test
  void thePortsAreThoseOfTheOptions() {
    Map<String, String> keys =
        Map.of(
            "http", "http_server.port",
            "https", "http_server.tls_port",
            "management", "http_server.internal_port",
            "tcp-echo", "tcp_echo.port",
            "udp-echo", "udp_echo.port",
            "cluster", "cluster.port",
            "bus", "cluster.bus_port");
    Configuration configuration = configuration();
    Map<String, String> expected = new HashMap<>();
    keys.forEach((name, key) -> expected.put(name, configuration.text(key)));
    Map<String, String> actual = new HashMap<>();
    container.getPorts().forEach(p -> actual.put(p.getName(), p.getContainerPort().toString()));
    assertEquals(expected, actual);
  }

  @Test
  void servicesLeadToNamedPortsWithTheSameNumberAndProtocol() {
    for (Service service : services.values()) {
      assertEquals(LABELS, service.getSpec().getSelector());
      for (ServicePort port : service.getSpec().getPorts()) {
        ContainerPort target = port(Objects.requireNonNull(port.getTargetPort().getStrVal()));
        assertEquals(target.getContainerPort(), port.getPort(), port.getName());
        assertEquals(target.getProtocol(), port.getProtocol(), port.getName());
      }
    }
    assertEquals(Set.of("http", "https", "tcp-echo", "udp-echo"), portNames(service("carillon")));
  }

  @Test
  void probesAskTheManagementPort() {
    assertEquals("/healthz", asked(container.getStartupProbe()));
    assertEquals("/healthz", asked(container.getLivenessProbe()));
    assertEquals("/readyz", asked(container.getReadinessProbe()));
  }

  @Test
  void theGracePeriodIsLongerThanTheShutdown() {
    ShutdownOptions shutdown = configuration().options(ShutdownOptions.class);
    long longest = shutdown.delay().plus(shutdown.timeout()).toSeconds();
    assertTrue(shutdown.delay().toSeconds() >= 10, "endpoints need time to change");
    assertTrue(pod.getTerminationGracePeriodSeconds() >= longest + 10);
  }

  @Test
  void oneNodeAtATimeMayBeMissing() {
    var budget = only("disruption.yaml", PodDisruptionBudget.class).getSpec();
    assertEquals(1, budget.getMaxUnavailable().getIntVal());
    assertEquals(CORE, budget.getSelector().getMatchLabels());
    assertEquals(CORE, nodes.getSpec().getSelector().getMatchLabels());
    assertEquals(CORE, nodes.getSpec().getTemplate().getMetadata().getLabels());
  }

  @Test
  void thePodsMayDoNoMoreThanTheyNeed() {
    var ofPod = pod.getSecurityContext();
    assertEquals(true, ofPod.getRunAsNonRoot());
    assertEquals("RuntimeDefault", ofPod.getSeccompProfile().getType());
    var ofContainer = container.getSecurityContext();
    assertEquals(false, ofContainer.getAllowPrivilegeEscalation());
    assertEquals(true, ofContainer.getReadOnlyRootFilesystem());
    assertEquals(List.of("ALL"), ofContainer.getCapabilities().getDrop());
    assertEquals(List.of(), ofContainer.getCapabilities().getAdd());
    assertEquals(Set.of("memory"), container.getResources().getLimits().keySet());
    assertEquals(Set.of("cpu", "memory"), container.getResources().getRequests().keySet());
  }

  @Test
  void whatTheProgramWritesIsOnAVolume() {
    Map<String, String> mounts = new LinkedHashMap<>();
    container.getVolumeMounts().forEach(m -> mounts.put(m.getMountPath(), m.getName()));
    Set<String> volumes = new TreeSet<>();
    pod.getVolumes().forEach(volume -> volumes.add(volume.getName()));
    assertEquals(new TreeSet<>(mounts.values()), volumes);
    assertTrue(mounts.containsKey(configuration().text("state_dir")));
    assertEquals(List.of("start", "--config", "/etc/carillon/carillon.yaml"), container.getArgs());
    assertTrue(mounts.containsKey("/etc/carillon"));
  }

  @Test
  void theBusIsEncryptedWithTheFilesOfTheSecret() {
    var mount =
        container.getVolumeMounts().stream().filter(m -> m.getName().equals("bus")).findFirst();
    String folder = mount.orElseThrow().getMountPath();
    assertEquals(true, mount.orElseThrow().getReadOnly());
    Configuration configuration = configuration();
    Map<String, String> fields =
        Map.of("ca_file", "ca.crt", "cert_file", "tls.crt", "key_file", "tls.key");
    String readme = text(ROOT.resolve("k8s/README.md"));
    fields.forEach(
        (key, field) -> {
          assertEquals(folder + "/" + field, configuration.text("cluster.tls." + key));
          assertTrue(readme.contains("--from-file=" + field + "="), field);
        });
    var secret =
        pod.getVolumes().stream().filter(v -> v.getName().equals("bus")).findFirst().orElseThrow();
    assertEquals("carillon-bus", secret.getSecret().getSecretName());
    assertEquals(0440, secret.getSecret().getDefaultMode());
  }

  @Test
  void onlyNodesReachThePortsBetweenNodes() {
    var policy = only("network.yaml", NetworkPolicy.class).getSpec();
    assertEquals(LABELS, policy.getPodSelector().getMatchLabels());
    assertEquals(List.of("Ingress", "Egress"), policy.getPolicyTypes());
    Set<Integer> inner = Set.of(5701, 15701);
    for (NetworkPolicyIngressRule rule : policy.getIngress()) {
      Set<Integer> ports =
          rule.getPorts().stream().map(p -> p.getPort().getIntVal()).collect(Collectors.toSet());
      assertFalse(ports.isEmpty(), "a rule without ports opens all of them");
      if (ports.stream().anyMatch(inner::contains)) {
        assertEquals(inner, ports);
        assertEquals(1, rule.getFrom().size());
        assertEquals(LABELS, rule.getFrom().get(0).getPodSelector().getMatchLabels());
      }
    }
  }

  @Test
  void thePublicPortsAreOpenAndTheManagementPortIsNot() {
    var policy = only("network.yaml", NetworkPolicy.class).getSpec();
    var open =
        policy.getIngress().stream()
            .filter(rule -> rule.getFrom().isEmpty())
            .flatMap(rule -> rule.getPorts().stream())
            .map(
                port ->
                    Objects.requireNonNullElse(port.getProtocol(), "TCP")
                        + port.getPort().getIntVal())
            .collect(Collectors.toSet());
    assertEquals(Set.of("TCP8000", "TCP8443", "TCP7007", "UDP7007"), open);
  }

  @Test
  void theIngressLeadsToTheServiceAndItsOriginIsAllowed() {
    var ingress = (Ingress) Manifests.objects(INGRESS.resolve("ingress.yaml")).get(0);
    var rule = ingress.getSpec().getRules().get(0);
    var backend = rule.getHttp().getPaths().get(0).getBackend().getService();
    assertTrue(portNames(service(backend.getName())).contains(backend.getPort().getName()));
    assertEquals(
        Stream.of(target("StatefulSet", "carillon"), target("Deployment", "carillon-gateway"))
            .map(target -> Map.of("path", "public-url.yaml", "target", target))
            .toList(),
        Manifests.documents(INGRESS.resolve("kustomization.yaml")).get(0).get("patches"));
    String variable = "CARILLON_HTTP_SERVER__PUBLIC_URLS";
    assertTrue(text(INGRESS.resolve("public-url.yaml")).contains("name: " + variable));
    Map<String, String> environment = new HashMap<>(environment());
    environment.put(variable, "https://" + rule.getHost());
    configuration(environment);
    assertTrue(text(INGRESS.resolve("public-url.yaml")).contains("https://" + rule.getHost()));
  }

  @Test
  void theImageHoldsWhatTheBuildMakesAndRunsAsTheUserOfThePod() {
    String image = text(ROOT.resolve("k8s/image/Dockerfile"));
    var user = pod.getSecurityContext();
    assertTrue(image.contains("USER " + user.getRunAsUser() + ":" + user.getRunAsGroup()));
    assertTrue(
        text(ROOT.resolve("carillon")).contains("jar=$home/distribution/target/carillon.jar"));
    assertTrue(image.contains("COPY distribution/target/carillon.jar /opt/carillon/distribution"));
    assertTrue(image.contains("ENTRYPOINT [\"/opt/carillon/carillon\"]"));
  }

  private Configuration configuration() {
    return configuration(environment());
  }

  private static Configuration configuration(Map<String, String> environment) {
    return Configuration.load(
        new Sources(null, BASE.resolve("carillon.yaml"), environment, Map.of()));
  }

  /** The variables as a pod would see them. */
  private Map<String, String> environment() {
    return container.getEnv().stream().collect(Collectors.toMap(EnvVar::getName, this::value));
  }

  private String value(EnvVar variable) {
    var source = variable.getValueFrom();
    if (source == null) {
      return variable.getValue();
    }
    if (source.getSecretKeyRef() != null) {
      assertEquals("carillon-secrets", source.getSecretKeyRef().getName());
      assertTrue(
          text(ROOT.resolve("k8s/README.md")).contains(source.getSecretKeyRef().getKey() + "="));
      return "x".repeat(44);
    }
    return switch (source.getFieldRef().getFieldPath()) {
      case "metadata.name" -> "carillon-0";
      case "status.podIP" -> "10.1.2.3";
      default -> throw new IllegalArgumentException(source.toString());
    };
  }

  private ContainerPort port(String name) {
    return container.getPorts().stream()
        .filter(port -> port.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no port " + name));
  }

  private String asked(Probe probe) {
    HTTPGetAction request = probe.getHttpGet();
    assertEquals("management", request.getPort().getStrVal());
    return request.getPath();
  }

  private Service service(String name) {
    Service service = services.get(name);
    if (service == null) {
      throw new AssertionError(name + " (expected: one of " + services.keySet() + ")");
    }
    return service;
  }

  private static Map<String, Service> services() {
    return Manifests.objects(BASE.resolve("services.yaml")).stream()
        .map(Service.class::cast)
        .collect(Collectors.toMap(service -> service.getMetadata().getName(), service -> service));
  }

  private static Set<String> portNames(Service service) {
    return service.getSpec().getPorts().stream()
        .map(ServicePort::getName)
        .collect(Collectors.toSet());
  }

  private static Map<String, String> target(String kind, String name) {
    return Map.of("kind", kind, "name", name);
  }

  private static <T> T only(String file, Class<T> type) {
    return Manifests.only(BASE.resolve(file), type);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
