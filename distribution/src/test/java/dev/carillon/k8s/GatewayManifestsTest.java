package dev.carillon.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.carillon.cluster.ClusterOptions;
import dev.carillon.cluster.Role;
import dev.carillon.launch.settings.Configuration;
import dev.carillon.launch.settings.Sources;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Gateways are as core nodes but for their role, and nobody mistakes one for the other. */
class GatewayManifestsTest {

  private static final Path BASE = Manifests.FOLDER.resolve("base");
  private static final Path GATEWAYS = Manifests.FOLDER.resolve("overlays/gateways");
  private static final Map<String, String> LABELS =
      Map.of("app.kubernetes.io/name", "carillon", "app.kubernetes.io/component", "gateway");
  private static final EnvVar ROLE = new EnvVar("CARILLON_CLUSTER__ROLE", "gateway", null);

  private final Deployment gateways =
      Manifests.only(GATEWAYS.resolve("deployment.yaml"), Deployment.class);
  private final PodTemplateSpec template = gateways.getSpec().getTemplate();
  private final PodTemplateSpec core =
      Manifests.only(BASE.resolve("statefulset.yaml"), StatefulSet.class).getSpec().getTemplate();

  @Test
  void everyFileIsListedAndUnderstood() throws IOException {
    var kustomization = Manifests.documents(GATEWAYS.resolve("kustomization.yaml")).get(0);
    List<?> resources = (List<?>) Objects.requireNonNull(kustomization.get("resources"));
    assertEquals(
        List.of("../../base", "deployment.yaml", "autoscaler.yaml", "disruption.yaml"), resources);
    var expected = new TreeSet<>(Set.of("kustomization.yaml"));
    resources.stream().skip(1).forEach(file -> expected.add(String.valueOf(file)));
    try (Stream<Path> files = Files.list(GATEWAYS)) {
      assertEquals(
          expected,
          files
              .map(file -> file.getFileName().toString())
              .collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  /** The same image, ports, probes, limits, secrets and times: all that differs is named here. */
  @Test
  void theyAreCoreNodesButForTheRole() {
    assertEquals(LABELS, template.getMetadata().getLabels());
    template.getMetadata().setLabels(core.getMetadata().getLabels());
    var environment = template.getSpec().getContainers().get(0).getEnv();
    assertTrue(environment.remove(ROLE), "the role");
    var spread = template.getSpec().getTopologySpreadConstraints().get(0).getLabelSelector();
    assertEquals(LABELS, spread.getMatchLabels());
    spread.setMatchLabels(core.getMetadata().getLabels());
    assertEquals(core, template);
  }

  @Test
  void theProgramAcceptsTheRole() {
    var configuration =
        Configuration.load(
            new Sources(
                null,
                BASE.resolve("carillon.yaml"),
                Map.of(ROLE.getName(), ROLE.getValue(), "CARILLON_CLUSTER__BIND", "10.1.2.3"),
                Map.of()));
    assertEquals(Role.GATEWAY, configuration.options(ClusterOptions.class).role());
  }

  @Test
  void noSelectorTakesAGatewayForACoreNodeOrTheOtherWayRound() {
    assertEquals(LABELS, gateways.getSpec().getSelector().getMatchLabels());
    var other = new HashMap<>(core.getMetadata().getLabels());
    assertEquals("core", other.get("app.kubernetes.io/component"));
    for (var folder : List.of(BASE, GATEWAYS)) {
      var budget = Manifests.only(folder.resolve("disruption.yaml"), PodDisruptionBudget.class);
      var selected = budget.getSpec().getSelector().getMatchLabels();
      assertEquals(folder.equals(BASE) ? other : LABELS, selected);
      assertEquals(1, budget.getSpec().getMaxUnavailable().getIntVal());
    }
  }

  @Test
  void theServicesAndTheNetworkPolicyMeanGatewaysToo() {
    for (Object service : Manifests.objects(BASE.resolve("services.yaml"))) {
      assertSelects(((Service) service).getSpec().getSelector());
    }
    var policy = Manifests.only(BASE.resolve("network.yaml"), NetworkPolicy.class).getSpec();
    assertSelects(policy.getPodSelector().getMatchLabels());
    var nodes = policy.getIngress().get(0).getFrom().get(0).getPodSelector().getMatchLabels();
    assertSelects(nodes);
    assertSelects(policy.getEgress().get(0).getTo().get(0).getPodSelector().getMatchLabels());
  }

  private static void assertSelects(Map<String, String> selector) {
    assertTrue(LABELS.entrySet().containsAll(selector.entrySet()), selector.toString());
  }

  @Test
  void theirNumberIsLeftToTheAutoscaler() {
    assertNull(gateways.getSpec().getReplicas());
    var scaler = Manifests.only(GATEWAYS.resolve("autoscaler.yaml"), HorizontalPodAutoscaler.class);
    var target = scaler.getSpec().getScaleTargetRef();
    assertEquals(gateways.getMetadata().getName(), target.getName());
    assertEquals(gateways.getKind(), target.getKind());
    assertEquals(gateways.getApiVersion(), target.getApiVersion());
    assertTrue(scaler.getSpec().getMinReplicas() < scaler.getSpec().getMaxReplicas());
    var resource = scaler.getSpec().getMetrics().get(0).getResource();
    // A share of what is requested, so that something has to be requested.
    assertEquals("Utilization", resource.getTarget().getType());
    var requests = template.getSpec().getContainers().get(0).getResources().getRequests();
    assertTrue(requests.containsKey(resource.getName()));
  }

  @Test
  void clientsOfOneGatewayAtATimeHaveToMove() {
    var update = gateways.getSpec().getStrategy().getRollingUpdate();
    assertEquals(0, update.getMaxUnavailable().getIntVal());
    var down =
        Manifests.only(GATEWAYS.resolve("autoscaler.yaml"), HorizontalPodAutoscaler.class)
            .getSpec()
            .getBehavior()
            .getScaleDown();
    assertEquals("Pods", down.getPolicies().get(0).getType());
    assertEquals(1, down.getPolicies().get(0).getValue());
    assertTrue(
        down.getPolicies().get(0).getPeriodSeconds()
            > template.getSpec().getTerminationGracePeriodSeconds());
  }
}
