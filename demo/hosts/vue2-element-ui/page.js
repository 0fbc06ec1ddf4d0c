// The dialog of a Vue 2 page: what is edited lies in `form`, and v-model keeps it equal to the textarea.
Vue.config.ignoredElements = ['xxgk-annual-report'];
Vue.config.productionTip = false;

/** As axios does: rejects on any status that is not 2xx. */
function request(method, data) {
  return fetch('/api/report', {
    method: method,
    headers: { 'content-type': 'application/json' },
    body: data && JSON.stringify(data),
  }).then(function (response) {
    return response.ok ? response.json() : Promise.reject(response);
  });
}

new Vue({
  el: '#app',
  data: {
    // ?keep: what is in the dialog is only hidden when it is closed, not destroyed.
    keep: location.search === '?keep',
    visible: false,
    pane: 'basic',
    form: { title: '', report: '' },
  },
  methods: {
    open: function () {
      const page = this;
      return request('GET').then(
        function (form) {
          page.form = form;
          page.visible = true;
        },
        function () {
          location.href = '/login';
        },
      );
    },
    save: function () {
      const page = this;
      const report = page.form.report;
      return request('PUT', page.form).then(
        function () {
          page.$message.success('已保存');
          // The server has this now; what was typed meanwhile it does not have.
          document.querySelector('xxgk-annual-report').acknowledge(report);
        },
        function (response) {
          page.$message.error(
            { 401: '登录已过期，没有保存', 409: '没有保存：他人已先保存了此报告' }[response.status] ||
              '保存失败，请稍后再试',
          );
        },
      );
    },
  },
});
