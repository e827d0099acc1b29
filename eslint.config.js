import tseslint from "typescript-eslint";

/** Rules that hold the house together; formatting is prettier's, import direction is dependency-cruiser's. */
export default tseslint.config(
  { ignores: ["build/", "coverage/", "data/", "node_modules/", "playwright-report/", "test-results/"] },
  ...tseslint.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: false }],
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "no-empty": ["error", { allowEmptyCatch: false }],
      "no-console": "error",
      complexity: ["error", 10],
      "max-lines": ["error", { max: 200, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
      "no-restricted-syntax": [
        "error",
        { selector: "JSXAttribute[name.name='style']", message: "The CSP forbids style attributes: use a class." },
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
          message: "Render text, or serve the SVG from a route of its own.",
        },
        { selector: "CallExpression[callee.property.name='selectAll']", message: "Name the columns." },
        {
          selector: "MemberExpression[object.name='Date'][property.name='now']",
          message: "Time comes from scope.clock.",
        },
      ],
    },
  },
  {
    files: ["**/*.test.{ts,tsx}", "e2e/**", "app/testing/**", "migrations/**", "app/routes.ts", "scripts/**"],
    rules: { "max-lines": "off", "max-lines-per-function": "off", "no-restricted-syntax": "off", "no-console": "off" },
  },
  { files: ["**/*.js"], ...tseslint.configs.disableTypeChecked },
);
