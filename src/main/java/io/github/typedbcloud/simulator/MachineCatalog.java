package io.github.typedbcloud.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The machine types of each provider and region, as in the reference. */
final class MachineCatalog {

  static final String GCP = "gcp";
  static final String AWS = "aws";

  private record Offer(String provider, String machineType, boolean free, Set<String> regions) {}

  private static final Set<String> GCP_REGIONS =
      Set.of("europe-west2", "europe-west3", "us-west4", "us-east1");
  private static final Set<String> AWS_C7G_REGIONS = Set.of("eu-west-2");
  private static final Set<String> AWS_C8G_REGIONS =
      Set.of("us-west-2", "us-east-1", "eu-central-1");

  private static final List<Offer> MATRIX =
      List.of(
          new Offer(GCP, "c2d-highcpu-2", true, GCP_REGIONS),
          new Offer(GCP, "c2d-highcpu-4", false, GCP_REGIONS),
          new Offer(GCP, "c2d-highcpu-8", false, GCP_REGIONS),
          new Offer(GCP, "c2d-highcpu-16", false, GCP_REGIONS),
          new Offer(AWS, "c7g.large", true, AWS_C7G_REGIONS),
          new Offer(AWS, "c7g.xlarge", false, AWS_C7G_REGIONS),
          new Offer(AWS, "c7g.2xlarge", false, AWS_C7G_REGIONS),
          new Offer(AWS, "c7g.4xlarge", false, AWS_C7G_REGIONS),
          new Offer(AWS, "c8g.large", true, AWS_C8G_REGIONS),
          new Offer(AWS, "c8g.xlarge", false, AWS_C8G_REGIONS),
          new Offer(AWS, "c8g.2xlarge", false, AWS_C8G_REGIONS),
          new Offer(AWS, "c8g.4xlarge", false, AWS_C8G_REGIONS));

  private MachineCatalog() {}

  static void checkRegion(String provider, String region) {
    if (MATRIX.stream()
        .noneMatch(o -> o.provider().equals(provider) && o.regions().contains(region))) {
      throw Fields.invalid("region", region, "a region of the provider " + provider);
    }
  }

  static void checkMachineType(String provider, String region, String machineType) {
    List<String> offered = new ArrayList<>();
    for (Offer offer : MATRIX) {
      if (offer.provider().equals(provider) && offer.regions().contains(region)) {
        offered.add(offer.machineType());
      }
    }
    if (!offered.contains(machineType)) {
      String rule = "a machine type of %s in %s: %s".formatted(provider, region, offered);
      throw Fields.invalid("machineType", machineType, rule);
    }
  }

  /** Names of machine types are unique across providers. */
  static boolean isFreeAvailable(String machineType) {
    return MATRIX.stream().anyMatch(o -> o.machineType().equals(machineType) && o.free());
  }

  static String storageType(String provider, ApiVersion version) {
    return provider.equals(GCP) ? "standard-rwo" : version.awsStorageType();
  }
}
