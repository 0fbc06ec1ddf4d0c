<?php
/**
 * Plugin Name: 政府信息公开工作年度报告
 * Description: 年度报告的填报：文章类型“年度报告”带有填报栏目（经典编辑器、区块编辑器均可），普通文章可用区块。报告数据存入文章的自定义字段。
 * Version: 1.0
 * Requires at least: 5.9
 * Requires PHP: 7.4
 * License: MIT
 */

namespace XxgkAnnualReport;

defined( 'ABSPATH' ) || exit;

/** The underscore keeps it out of the box “Custom fields”, which would save it a second time. The column is LONGTEXT. */
const META = '_xxgk_annual_report';
/** What was not accepted, one row each: nobody's work is thrown away. */
const REFUSED = '_xxgk_annual_report_refused';
/** With a meta box. Leave `show_in_rest` out of its registration and it opens in the classic editor. */
const BOX_TYPE = 'xxgk_report';
/** With the block. No type has both: each would save over the other. */
const BLOCK_TYPES = array( 'post', 'page' );
const FIELD       = 'xxgk_annual_report';

const WORDS = array(
	'conflict' => '年度报告没有存入：您打开之后，别人已经存入了新的内容。您填的数字没有丢失：请重新载入本页，恢复草稿并与系统中的内容合并，再保存。',
	'failed'   => '年度报告没有存入：数据库没有接收。您填的数字没有丢失：请不要关闭本页，稍后再保存；或者先下载备份。',
);

// ---- what is stored ----

/** The JSON as it lies in the database, '' where there is none. */
function stored( int $post_id ): string {
	return (string) get_post_meta( $post_id, META, true );
}

/** Whether somebody else has saved since the report that is given was loaded: it names what it began from. */
function conflicts( int $post_id, string $given ): bool {
	$here  = json_decode( stored( $post_id ), true );
	$there = json_decode( $given, true );
	if ( ! isset( $here['digest'] ) || $here['digest'] === ( $there['digest'] ?? null ) ) {
		return false;
	}
	return ( $there['revision']['base'] ?? null ) !== $here['digest'];
}

/** Saves and looks whether it was saved: what `update_post_meta` gives back says nothing of a database that refused. */
function save( int $post_id, string $given ): string {
	$stored = stored( $post_id );
	if ( $given !== $stored && ! conflicts( $post_id, $given ) ) {
		// With the value it replaces: of two who save in the same moment one is told.
		update_post_meta( $post_id, META, wp_slash( $given ), $stored );
		wp_cache_delete( $post_id, 'post_meta' );
	}
	if ( stored( $post_id ) === $given ) {
		return 'saved';
	}
	if ( ! conflicts( $post_id, $given ) ) {
		return 'failed';
	}
	refuse( $post_id, $given );
	return 'conflict';
}

function refuse( int $post_id, string $given ): void {
	$row = array(
		'by'   => wp_get_current_user()->display_name,
		'at'   => current_time( 'mysql' ),
		'text' => $given,
	);
	// Every part of it may hold a backslash.
	add_post_meta( $post_id, REFUSED, wp_slash( $row ) );
}

// ---- the post type and its meta box ----

register_activation_hook(
	__FILE__,
	function () {
		register_types();
		flush_rewrite_rules();
	}
);

add_action( 'init', __NAMESPACE__ . '\register_types' );

function register_types(): void {
	register_post_type(
		BOX_TYPE,
		array(
			'labels'       => array(
				'name'          => '年度报告',
				'singular_name' => '年度报告',
				'add_new_item'  => '填报年度报告',
				'edit_item'     => '填报年度报告',
			),
			'public'       => true,
			'show_in_rest' => true,
			'menu_icon'    => 'dashicons-media-spreadsheet',
			'supports'     => array( 'title', 'editor', 'author' ),
		)
	);
	foreach ( BLOCK_TYPES as $type ) {
		register_post_meta(
			$type,
			META,
			array(
				'type'          => 'string',
				'single'        => true,
				'default'       => '',
				// Readers of the site get the post without it.
				'show_in_rest'  => array( 'schema' => array( 'context' => array( 'edit' ) ) ),
				'auth_callback' => function ( $allowed, $key, $post_id ) {
					return current_user_can( 'edit_post', $post_id );
				},
			)
		);
	}
}

add_action(
	'add_meta_boxes_' . BOX_TYPE,
	function () {
		add_meta_box( 'xxgk-annual-report-box', '年度报告', __NAMESPACE__ . '\show', BOX_TYPE, 'normal', 'high' );
	}
);

function show( \WP_Post $post ): void {
	// esc_textarea, never esc_attr, which leaves an "&amp;" of the text as it is and changes the report.
	printf( '<textarea id="%1$s" name="%1$s" hidden>%2$s</textarea>', esc_attr( FIELD ), esc_textarea( stored( $post->ID ) ) );
	echo '<xxgk-annual-report for="' . esc_attr( FIELD ) . '"';
	foreach ( attributes( $post->ID ) as $name => $value ) {
		printf( ' %s="%s"', esc_attr( $name ), esc_attr( $value ) );
	}
	echo '></xxgk-annual-report>';
	foreach ( get_post_meta( $post->ID, REFUSED ) as $row ) {
		printf(
			'<p>没有存入的一份：<a download="refused.json" href="data:application/json;base64,%s">%s %s</a>（下载后可用“导入…”打开）</p>',
			esc_attr( base64_encode( $row['text'] ) ),
			esc_html( $row['by'] ),
			esc_html( $row['at'] )
		);
	}
}

/** Whose draft it is, and of which report. */
function attributes( int $post_id ): array {
	return array(
		'no-submit' => '',
		'tenant'    => home_url(),
		'user'      => (string) get_current_user_id(),
		'draft-key' => 'post-' . $post_id,
	);
}

// A report with a wrong figure is saved too, as everything else of the post: its JSON says `"draft": true`.
add_action(
	'post_edit_form_tag',
	function ( $post ) {
		if ( BOX_TYPE === $post->post_type ) {
			echo ' novalidate';
		}
	}
);

add_action(
	'save_post_' . BOX_TYPE,
	function ( $post_id ) {
		// Autosaves, quick edits, imports and REST bring no field of ours, and must leave the report alone.
		if ( ! isset( $_POST[ FIELD ], $_POST['_wpnonce'] ) ) {
			return;
		}
		// The preview opens beside the page, which would not hear that its report was saved.
		if ( 'dopreview' === ( $_POST['wp-preview'] ?? '' ) ) {
			return;
		}
		// WordPress's own nonce, which it renews in a page that stays open for days; one of ours would lapse unseen.
		if ( ! wp_verify_nonce( $_POST['_wpnonce'], 'update-post_' . $post_id ) || ! current_user_can( 'edit_post', $post_id ) ) {
			return;
		}
		// A form writes the ends of lines as CR LF; JSON has none inside its texts.
		$outcome = save( $post_id, str_replace( "\r\n", "\n", wp_unslash( $_POST[ FIELD ] ) ) );
		add_filter(
			'redirect_post_location',
			function ( $location ) use ( $outcome ) {
				return add_query_arg( 'xxgk', $outcome, $location );
			}
		);
	}
);

add_filter(
	'removable_query_args',
	function ( $names ) {
		return array_merge( $names, array( 'xxgk' ) );
	}
);

add_action(
	'admin_notices',
	function () {
		$words = WORDS[ $_GET['xxgk'] ?? '' ] ?? '';
		if ( '' !== $words && BOX_TYPE === get_current_screen()->post_type ) {
			printf( '<div class="notice notice-error"><p>%s</p></div>', esc_html( $words ) );
		}
	}
);

// ---- the block ----

foreach ( BLOCK_TYPES as $type ) {
	add_filter(
		"rest_pre_insert_$type",
		function ( $prepared, $request ) {
			$given = $request['meta'][ META ] ?? null;
			if ( ! is_string( $given ) || empty( $prepared->ID ) || ! conflicts( $prepared->ID, $given ) ) {
				return $prepared;
			}
			refuse( $prepared->ID, $given );
			return new \WP_Error( 'xxgk_conflict', WORDS['conflict'], array( 'status' => 409 ) );
		},
		10,
		2
	);
}

// ---- scripts ----

add_action(
	'admin_enqueue_scripts',
	function ( $page ) {
		$type = get_current_screen()->post_type;
		if ( ! in_array( $page, array( 'post.php', 'post-new.php' ), true ) || ! in_array( $type, array_merge( array( BOX_TYPE ), BLOCK_TYPES ), true ) ) {
			return;
		}
		$version = (string) filemtime( __DIR__ . '/xxgk-annual-report.classic.js' );
		$classic = plugins_url( 'xxgk-annual-report.classic.js', __FILE__ );
		wp_enqueue_script( 'xxgk-annual-report', $classic, array(), $version, true );
		if ( ! get_current_screen()->is_block_editor() ) {
			return;
		}
		$version = (string) filemtime( __DIR__ . '/block-editor.js' );
		wp_enqueue_script(
			'xxgk-block-editor',
			plugins_url( 'block-editor.js', __FILE__ ),
			array( 'xxgk-annual-report', 'wp-api-fetch', 'wp-block-editor', 'wp-blocks', 'wp-core-data', 'wp-data', 'wp-editor', 'wp-element' ),
			$version,
			true
		);
		$settings = array(
			'meta'       => META,
			'field'      => FIELD,
			'words'      => WORDS,
			'script'     => $classic,
			'attributes' => attributes( (int) get_the_ID() ),
			'block'      => BOX_TYPE !== $type,
		);
		wp_add_inline_script( 'xxgk-block-editor', 'window.xxgkAnnualReport = ' . wp_json_encode( $settings ) . ';', 'before' );
	}
);
