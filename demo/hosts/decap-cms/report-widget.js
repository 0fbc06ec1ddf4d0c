// A widget of Decap CMS around <xxgk-annual-report>: the value of the field is the report as JSON text.
CMS.registerWidget(
  'xxgk-report',
  createClass({
    // The CMS hands back what it was told; anything else is another value.
    told: undefined,

    componentDidMount: function () {
      const control = this;
      this.told = this.props.value || '';
      this.editor.value = this.told;
      this.editor.addEventListener('change', function () {
        control.told = control.editor.value;
        control.props.onChange(control.told);
      });
    },

    componentDidUpdate: function () {
      const value = this.props.value || '';
      if (value === this.told) return;
      this.told = value;
      this.editor.value = value;
    },

    render: function () {
      const control = this;
      return h(
        'div',
        { id: this.props.forID, className: this.props.classNameWrapper, style: { padding: '12px' } },
        h('xxgk-annual-report', {
          'draft-key': this.props.entry.get('path'),
          'no-submit': '',
          ref: function (editor) {
            control.editor = editor;
          },
        }),
      );
    },
  }),
);

CMS.registerEventListener({
  name: 'postSave',
  handler: function (event) {
    const editor = document.querySelector('xxgk-annual-report');
    const saved = event.entry.getIn(['data', 'report']);
    // The repository has this now; what was typed meanwhile it does not have.
    if (editor && saved) editor.acknowledge(saved);
  },
});
