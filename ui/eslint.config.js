import a11y from "eslint-plugin-jsx-a11y";
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist", "src/api/schema.d.ts"] },
  tseslint.configs.strict,
  hooks.configs.flat.recommended,
  a11y.flatConfigs.recommended,
  {
    rules: {
      complexity: ["error", 12],
      "max-lines": ["error", 400],
      "no-console": "error",
      "react-hooks/exhaustive-deps": "error",
      "react-hooks/incompatible-library": "off", // no React Compiler here
      "jsx-a11y/no-noninteractive-tabindex": ["error", { roles: ["region"] }], // a frame that scrolls
    },
  },
  {
    // Routes load their pages; a page that imports its routes closes a circle.
    files: ["src/pages/**"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          paths: [
            {
              name: "./routes",
              message: "Ask getRouteApi(…) for the page's parameters.",
              allowTypeImports: true,
            },
          ],
        },
      ],
    },
  },
);
