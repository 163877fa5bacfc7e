package io.github.typedbcloud.simulator;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The machine types of each provider and region. Immutable.
 *
 * @param machines in the order in which messages list them
 */
record MachineCatalog(List<Machine> machines) {

  static final String GCP = "gcp";
  static final String AWS = "aws";

  /**
   * A machine type.
   *
   * @param free whether free clusters may have it
   * @param regions where the provider offers it
   */
  record Machine(String provider, String machineType, boolean free, List<String> regions) {
    Machine {
      regions = List.copyOf(regions);
    }
  }

  private static final List<String> GCP_REGIONS =
      List.of("europe-west2", "europe-west3", "us-west4", "us-east1");
  private static final List<String> AWS_C7G_REGIONS = List.of("eu-west-2");
  private static final List<String> AWS_C8G_REGIONS =
      List.of("us-west-2", "us-east-1", "eu-central-1");

  /** As in the reference. */
  static final MachineCatalog REFERENCE =
      new MachineCatalog(
          List.of(
              new Machine(GCP, "c2d-highcpu-2", true, GCP_REGIONS),
              new Machine(GCP, "c2d-highcpu-4", false, GCP_REGIONS),
              new Machine(GCP, "c2d-highcpu-8", false, GCP_REGIONS),
              new Machine(GCP, "c2d-highcpu-16", false, GCP_REGIONS),
              new Machine(AWS, "c7g.large", true, AWS_C7G_REGIONS),
              new Machine(AWS, "c7g.xlarge", false, AWS_C7G_REGIONS),
              new Machine(AWS, "c7g.2xlarge", false, AWS_C7G_REGIONS),
              new Machine(AWS, "c7g.4xlarge", false, AWS_C7G_REGIONS),
              new Machine(AWS, "c8g.large", true, AWS_C8G_REGIONS),
              new Machine(AWS, "c8g.xlarge", false, AWS_C8G_REGIONS),
              new Machine(AWS, "c8g.2xlarge", false, AWS_C8G_REGIONS),
              new Machine(AWS, "c8g.4xlarge", false, AWS_C8G_REGIONS)));

  MachineCatalog {
    machines = List.copyOf(machines);
  }

  /** The providers, each once. */
  List<String> providers() {
    Set<String> providers = new LinkedHashSet<>();
    machines.forEach(machine -> providers.add(machine.provider()));
    return List.copyOf(providers);
  }

  void checkRegion(String provider, String region) {
    if (in(provider, region).isEmpty()) {
      throw Fields.invalid("region", region, "a region of the provider " + provider);
    }
  }

  void checkMachineType(String provider, String region, String machineType) {
    List<String> offered = in(provider, region);
    if (!offered.contains(machineType)) {
      String rule = "a machine type of %s in %s: %s".formatted(provider, region, offered);
      throw Fields.invalid(FieldRules.MACHINE_TYPE, machineType, rule);
    }
  }

  boolean isFree(String provider, String machineType) {
    return machines.stream()
        .anyMatch(
            machine ->
                machine.free()
                    && machine.provider().equals(provider)
                    && machine.machineType().equals(machineType));
  }

  private List<String> in(String provider, String region) {
    List<String> offered = new ArrayList<>();
    for (Machine machine : machines) {
      if (machine.provider().equals(provider) && machine.regions().contains(region)) {
        offered.add(machine.machineType());
      }
    }
    return offered;
  }
}
