package io.github.typedbcloud.simulator;

/** What a deploy request asks for, after the rules accepted it. */
record ClusterSettings(
    String id,
    int serverCount,
    int storageSizeGB,
    boolean isFree,
    String version,
    String provider,
    String region,
    String machineType,
    String storageType) {

  ClusterSettings withId(String newId) {
    return new ClusterSettings(
        newId,
        serverCount,
        storageSizeGB,
        isFree,
        version,
        provider,
        region,
        machineType,
        storageType);
  }
}
