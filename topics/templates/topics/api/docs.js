{% comment %}
The fields for trying a request out stand empty, with their examples beside them. Filled with all of the
examples at once, as the page does by itself, a first click would be refused.
{% endcomment %}
const emptyFields = () => ({
  statePlugins: {
    spec: {
      wrapActions: {
        updateJsonSpec: (original) => (contract) => {
          const operations = Object.values(contract.paths ?? {}).flatMap(Object.values);
          for (const one of operations.flatMap((operation) => operation.parameters ?? [])) {
            if (one.required || !one.examples) continue;
            const shown = Object.values(one.examples).map(({value}) => `\`${[value].flat().join("`, `")}\``);
            one.description = `${one.description ?? ""}\n\nExample: ${shown.join(", ")}`;
            delete one.examples;
          }
          return original(contract);
        },
      },
    },
  },
});
{% include "drf_spectacular/swagger_ui.js" %}
