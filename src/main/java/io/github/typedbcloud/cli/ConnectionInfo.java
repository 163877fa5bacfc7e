package io.github.typedbcloud.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.typedbcloud.TypeDBCloudClient;
import io.github.typedbcloud.simulator.TypeDBCloudSimulator;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client needs to use a simulator in this process, for people and for scripts.
 *
 * @param certificate the file with the certificate to trust; null without TLS
 */
record ConnectionInfo(TypeDBCloudSimulator simulator, @Nullable Path certificate) {

  /** A JSON object in one line. */
  String toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("url", simulator.url());
    simulator.urls().forEach(json.putArray("urls")::add);
    json.put("clientId", simulator.clientId());
    json.put("clientSecret", simulator.clientSecret());
    simulator.adminUrl().ifPresent(url -> json.put("admin", url));
    if (certificate != null) {
      json.put("certificate", certificate.toString());
    }
    json.put("pid", ProcessHandle.current().pid());
    return json.toString();
  }

  /** Some lines, of which those for the environment can be pasted into a shell. */
  void print(PrintStream out) {
    out.println("TypeDB Cloud simulator on " + simulator.url() + "; stop with Ctrl+C");
    out.println("export " + TypeDBCloudClient.URL_VARIABLE + "=" + simulator.url());
    out.println("export " + TypeDBCloudClient.CLIENT_ID_VARIABLE + "=" + simulator.clientId());
    out.println(
        "export " + TypeDBCloudClient.CLIENT_SECRET_VARIABLE + "=" + simulator.clientSecret());
    out.println(simulator);
    List<String> urls = simulator.urls();
    urls.subList(1, urls.size()).forEach(url -> out.println("Also on " + url));
    simulator.adminUrl().ifPresent(url -> out.println("Admin API on " + url));
    if (certificate != null) {
      out.println("Certificate, for example for curl --cacert: " + certificate);
    }
  }
}
